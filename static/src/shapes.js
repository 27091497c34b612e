// The shape of each event type as SVG path data around the origin, about the area of a circle of radius 1.
// The map's canvas and the pictures in lists (marks.svg) are both drawn from these.
const circle = (r, clockwise = 1) => `M${r} 0A${r} ${r} 0 1 ${clockwise}-${r} 0A${r} ${r} 0 1 ${clockwise} ${r} 0Z`;

export const SHAPES = {
  battle: circle(1),
  remote_violence: "M0-1.5L1.32.84H-1.32Z",
  violence_against_civilians: "M0-1.38L1.14 0L0 1.38L-1.14 0Z",
  coercion: "M-.89-.89H.89V.89H-.89Z",
  unrest: "M-.42-1.25H.42V-.42H1.25V.42H.42V1.25H-.42V.42H-1.25V-.42H-.42Z",
  strategic: circle(1.15) + circle(0.6, 0),
};

/** How far a shape reaches from its middle, in radii. */
export const REACH = {
  battle: 1, remote_violence: 1.5, violence_against_civilians: 1.38, coercion: 1.26, unrest: 1.32, strategic: 1.15,
};
