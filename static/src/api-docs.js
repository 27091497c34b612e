// The page /api/docs: Swagger UI on our own OpenAPI document, with nothing fetched from elsewhere.
const place = document.getElementById("api-docs");

globalThis.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  deepLinking: true,
  // No validator on the network: it would tell somebody else who reads this page.
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  supportedSubmitMethods: ["get", "head", "options", "post"],
});
