/// The style sheet of a page: each part is a file of its own, paper last.
enum PageStyle {
  static let text =
    Palette.ofPage + [page, words, tables, figures].joined() + Drawing.style + [controls, narrow, paper].joined()

  /// The ground, the columns and what stands at the top.
  private static let page = """
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { scroll-padding-top: 1rem; }
    body { margin: 0; padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem; background: var(--ground); color: var(--ink);
      font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
      overflow-wrap: break-word; }
    .page, .columns, .single { max-width: 78rem; margin: 0 auto; }
    header.page { position: relative; padding: 2.5rem 0 1.5rem; border-bottom: 1px solid var(--rule); margin-bottom: 2rem; }
    .subtitle { color: var(--faint); margin: 0.5rem 0 0; max-width: 52rem; }
    .tier { display: inline-block; margin: 1rem 0 0; padding: 0.1rem 0.75rem; border: 1px solid var(--rule);
      border-radius: 999px; background: var(--raised); font-size: 0.9rem; }
    section { margin-bottom: 3.5rem; }
    .skip { position: absolute; left: -100vw; top: 0.5rem; padding: 0.4rem 0.9rem; background: var(--ground);
      border: 1px solid var(--accent); border-radius: 4px; z-index: 3; }
    .skip:focus { left: 1rem; }
    nav ul { list-style: none; margin: 0 0 2rem; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; font-size: 0.92rem; }
    nav a { text-decoration: none; }
    nav a:hover { text-decoration: underline; }
    @media (min-width: 68rem) {
      .columns { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); gap: 2.25rem; }
      nav ul { position: sticky; top: 1.5rem; flex-direction: column; gap: 0.45rem; }
    }

    """

  /// Headings, prose, lists and marks within them.
  private static let words = """
    h1 { font-size: clamp(1.6rem, 4vw, 2.2rem); line-height: 1.2; letter-spacing: -0.015em; margin: 0; max-width: 30em; }
    h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 0.75rem; }
    h3 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
    p, ul, dl, pre, details { margin: 0 0 1rem; }
    p, li { max-width: 44rem; }
    main li + li { margin-top: 0.35rem; }
    a { color: var(--accent); text-underline-offset: 0.15em; }
    :is(a, button, input, summary, [tabindex]):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
    .anchor { margin-left: 0.4em; color: var(--faint); font-weight: 400; text-decoration: none; opacity: 0; }
    .anchor::before { content: "#"; }
    :is(h2, h3, h4, caption, figcaption):hover .anchor, .anchor:focus-visible { opacity: 1; }
    @media (hover: none) { .anchor { opacity: 1; } }
    .target:is(h2, h3, h4) { box-shadow: -0.75rem 0 var(--ground), -1rem 0 var(--accent); }
    .target:is(table, figure) { outline: 2px solid var(--accent); outline-offset: 0.5rem; border-radius: 3px; }
    code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
    pre { padding: 0.8rem 1rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 6px; overflow-x: auto; }
    .badge { display: inline-block; padding: 0.05em 0.6em; border: 1px solid currentColor; border-radius: 999px;
      font-size: 0.84em; font-weight: 600; white-space: nowrap; }
    .badge.faint, .badge.plain { font-weight: 500; }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .doubtful { color: var(--doubtful); }
    .faint { color: var(--faint); }
    .note { color: var(--ink); padding: 0.6rem 0.9rem; border-left: 3px solid var(--rule); background: var(--raised); border-radius: 0 6px 6px 0; }
    .note.good { border-left-color: var(--good); }
    .note.bad { border-left-color: var(--bad); }
    .note.doubtful { border-left-color: var(--doubtful); }
    dl > div { display: grid; grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: 0.2rem 1.25rem;
      padding: 0.25rem 0; font-size: 0.93rem; border-bottom: 1px solid var(--rule); max-width: 56rem; }
    dt { font-weight: 500; }
    dd { margin: 0; overflow-wrap: anywhere; }
    summary { cursor: pointer; font-weight: 500; padding: 0.3rem 0; }

    """

  private static let tables = """
    .table { margin: 0 0 1.75rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 0.87rem; line-height: 1.45; }
    caption { caption-side: top; text-align: left; font-weight: 600; padding: 0 0 0.5rem; }
    caption > span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
    caption .badge { margin-left: 0.35em; }
    th, td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: baseline; }
    th:last-child, td:last-child { padding-right: 0.25rem; }
    thead th { border-bottom: 1.5px solid var(--ink); font-weight: 600; vertical-align: bottom; }
    tbody th { font-weight: 500; min-width: 8rem; background: var(--ground); position: sticky; left: 0; }
    tbody th:has(+ td .badge) { min-width: min(15.5rem, 50vw); }
    th code { white-space: nowrap; }
    tbody tr { border-bottom: 1px solid var(--rule); }
    tbody tr:hover, tbody tr:hover th { background: var(--raised); }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td:last-child:not(.number) { min-width: 9rem; }
    thead .group { text-align: center; border-bottom: 1px solid var(--rule); }
    .below { display: block; font-size: 0.9em; font-weight: 400; font-style: normal; }
    thead .group { text-align: center; border-bottom: 1px solid var(--rule); }
    .below { display: block; font-size: 0.9em; font-weight: 400; font-style: normal; }
    td.missing { color: var(--faint); font-style: italic; white-space: nowrap; }
    td.missing.long { white-space: normal; }
    .notes { margin: 0.5rem 0 0; padding-left: 1.1rem; color: var(--faint); font-size: 0.86rem; }
    main .notes li { margin-top: 0; }

    """

  private static let figures = """
    .figures { display: flex; flex-wrap: wrap; gap: 1.75rem 2rem; margin: 0 0 1.75rem; align-items: flex-start; }
    figure { position: relative; margin: 0; min-width: 0; max-width: 100%; }
    figure svg, figure img { display: block; max-width: 100%; height: auto; }
    figcaption { margin-top: 0.5rem; font-size: 0.88rem; color: var(--faint); width: 0; min-width: 100%; }
    .figures figure:has(.pixels) { flex: 0 1 auto; }
    .pixels { border-radius: 3px; }
    .elsewhere { margin: 0; padding: 1rem; border: 1px dashed var(--rule); border-radius: 6px; max-width: 26.5rem; }

    """
}
