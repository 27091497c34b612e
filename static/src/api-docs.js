// The page /api/docs: Swagger UI on our own OpenAPI document, with nothing fetched from elsewhere.
const place = document.getElementById("api-docs");

// Swagger UI fills a form with every example at once, and then asks for all of them together: here they are words.
function inWords(parameter) {
  const { example, ...rest } = parameter;
  if (parameter.in === "path" || parameter.in === "header" || example === undefined) return parameter;
  return { ...rest, description: `${parameter.description} For example \`${[example].flat().join(",")}\`.` };
}

function forReading(found) {
  for (const [name, parameter] of Object.entries(found.components.parameters))
    found.components.parameters[name] = inWords(parameter);
  for (const item of Object.values(found.paths))
    for (const operation of Object.values(item)) operation.parameters = operation.parameters.map(inWords);
  return found;
}

async function draw() {
  const answer = await fetch(place.dataset.document);
  globalThis.SwaggerUIBundle({
    spec: forReading(await answer.json()),
    domNode: place,
    deepLinking: true,
    // No validator on the network: it would tell somebody else who reads this page.
    validatorUrl: null,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    supportedSubmitMethods: ["get", "head", "options", "post"],
  });
}

draw();
