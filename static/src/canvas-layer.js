// A Leaflet layer that is one canvas over the view and a margin around it, redrawn after each move.
// It takes Leaflet's Renderer for the bookkeeping of bounds and zoom animation (Leaflet 1.9).
const { L } = window;

export const CanvasLayer = L.Renderer.extend({
  options: { padding: 0.3, pane: "overlayPane" },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    cancelAnimationFrame(this._frame);
    this._container.remove();
    delete this._container;
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._followed, resize: this._update };
  },

  // Renderer would tell the paths it draws; there are none here.
  _updatePaths() {},
  _onZoomEnd() {},

  _followed() {
    const [size, origin] = [this._map.getSize(), this._map.containerPointToLayerPoint([0, 0])];
    const seen = L.bounds(origin, origin.add(size));
    if (!this._map._animatingZoom && this._bounds && !this._bounds.contains(seen)) this.redraw();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const [bounds, size] = [this._bounds, this._bounds.getSize()];
    this.density = Math.min(window.devicePixelRatio || 1, 2);
    L.DomUtil.setPosition(this._container, bounds.min);
    this._container.width = Math.round(size.x * this.density);
    this._container.height = Math.round(size.y * this.density);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._paint();
  },

  /** Draw again before the next frame. */
  redraw() {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this._map && this._update());
  },

  /** Draw with what is there, without new bounds. */
  repaint() {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this._map && this._bounds && this._paint());
  },

  _paint() {
    const [ctx, min] = [this._context, this._bounds.min];
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this._container.width, this._container.height);
    ctx.setTransform(this.density, 0, 0, this.density, -min.x * this.density, -min.y * this.density);
    this.paint(ctx, this._bounds);
  },

  /** Layer point of a place on the unit square of Web Mercator (0 to 1, y southward). */
  pointOf(x, y) {
    const [world, origin] = [256 * 2 ** this._map.getZoom(), this._map.getPixelOrigin()];
    return [x * world - origin.x, y * world - origin.y];
  },
});
