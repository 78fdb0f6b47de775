extension PageStyle {
  /// A phone.
  static let narrow = """
    @media (max-width: 40rem) {
      header.page { padding-top: 3.25rem; }
      dl > div { grid-template-columns: 1fr; }
      table { min-width: 100%; font-size: 0.84rem; }
      tbody th { min-width: 5.5rem; }
      section { margin-bottom: 2.5rem; }
    }

    """

  /// Nothing to press, nothing folded, and nothing cut at the edge.
  static let paper = """
    @page { margin: 14mm; }
    @media print {
      html { font-size: 9.5pt; }
      body { padding: 0; }
      header.page { padding-top: 0; }
      nav, .skip, .anchor, .theme, .enlarge, .filter:not(.active), .choices { display: none; }
      .columns { display: block; }
      .scroll { overflow: visible; }
      table { font-size: 7.5pt; max-width: 100%; }
      th, td { padding: 0.2rem 0.4rem 0.2rem 0; }
      th code, .number, td.missing { white-space: normal; }
      tbody th, tbody th:has(+ td .badge), td:last-child:not(.number) { min-width: 0; }
      tbody th, caption > span, .filter.active { position: static; background: none; }
      th code { overflow-wrap: anywhere; }
      .figures figure { max-width: 48%; }
      tr, figure, pre, dl > div { break-inside: avoid; }
      thead { display: table-header-group; }
      h2, h3, caption { break-after: avoid; }
      details::details-content { content-visibility: visible; }
      th button::after { content: ""; }
      a { color: inherit; }
    }

    """
}
