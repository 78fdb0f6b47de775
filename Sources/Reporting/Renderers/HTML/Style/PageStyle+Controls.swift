extension PageStyle {
  /// What the script adds: buttons, the filter and the large pictures.
  static let controls = """
    button { font: inherit; color: inherit; cursor: pointer; }
    .theme { position: absolute; top: 1rem; right: 0; padding: 0.1rem 0.75rem; border: 1px solid var(--rule);
      border-radius: 999px; background: var(--raised); color: var(--faint); font-size: 0.82rem; }
    th button { all: unset; cursor: pointer; }
    th button::after { content: "\\2195"; margin-left: 0.3em; color: var(--faint); font-weight: 400; }
    th[aria-sort=ascending] button::after { content: "\\2191"; color: var(--accent); }
    th[aria-sort=descending] button::after { content: "\\2193"; color: var(--accent); }
    .filter { margin: 0 0 2rem; padding: 0.15rem 0.9rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--raised);
      font-size: 0.9rem; }
    .filter.active { position: sticky; top: 0.5rem; z-index: 2; border-color: var(--accent); }
    html:has(.filter.active) { scroll-padding-top: 4.5rem; }
    .filter strong { font-weight: 500; color: var(--faint); }
    .filter.active strong { color: var(--accent); }
    .choices { max-height: 50vh; overflow-y: auto; padding-bottom: 0.6rem; }
    fieldset { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; margin: 0 0 0.4rem; padding: 0; border: 0; }
    legend { float: left; min-width: 5rem; padding: 0; color: var(--faint); }
    label { display: inline-flex; align-items: center; gap: 0.35em; }
    .choices button { padding: 0.1rem 0.75rem; border: 1px solid var(--rule); border-radius: 999px; background: var(--ground); }
    .narrowed { flex-basis: 100%; margin: 0 0 0.5rem; color: var(--accent); font-size: 0.86rem; }
    figure:has(.enlarge) > :is(img, svg) { cursor: zoom-in; }
    figure:has(.enlarge) figcaption { box-sizing: border-box; min-height: 2rem; padding-right: 2.5rem; }
    .enlarge { position: absolute; bottom: 0; right: 0; width: 2rem; height: 2rem; padding: 0; line-height: 1; border: 1px solid var(--rule);
      border-radius: 6px; background: var(--ground); color: var(--ink); opacity: 0; }
    figure:hover .enlarge, .enlarge:focus-visible { opacity: 1; }
    @media (hover: none) { .enlarge { opacity: 1; } }
    .lightbox::backdrop { background: var(--ground); }
    .lightbox { inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; margin: 0; padding: 0.75rem 1rem; border: 0;
      background: var(--ground); color: var(--ink); }
    .lightbox[open] { display: flex; flex-direction: column; gap: 0.75rem; }
    .bar { display: flex; align-items: center; gap: 0.5rem; }
    .bar p { flex: 1; margin: 0; max-width: none; }
    .bar button { min-width: 2.25rem; height: 2.25rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--raised); }
    .bar button:disabled { visibility: hidden; }
    .count { color: var(--faint); font-variant-numeric: tabular-nums; white-space: nowrap; font-size: 0.9rem; }
    .stage { flex: 1; min-height: 0; }
    .stage > * { display: block; width: 100%; height: 100%; object-fit: contain; }
    .stage > img { image-rendering: pixelated; }

    """
}
