/// What a page can do beyond being read. A page without it is complete.
///
/// Each concern is a block of its own; they share the address and one way to make elements. The text holds no `</` and
/// no `]]>`, at which a parser would end it.
enum PageScript {
  /// Runs before anything is drawn.
  static let beforePage = "\"use strict\";\n" + Theme.choice

  /// Runs when the page is there.
  static let text =
    "\"use strict\";\n" + helpers
    + [Theme.button, Places.text, Sorting.text, Filter.text]
    .joined() + [Lightbox.text, Printing.text].joined()

  private static let helpers = """
    function make(name, properties, ...children) {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children);
      return element;
    }

    // The headings of the columns; those of groups of columns stand above them.
    function headings(table) { return Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells); }

    // The address names a place and, behind a question mark, a filter: #verdicts?dataset=mnist
    const address = {
      get place() { return location.hash.slice(1).split("?")[0]; },
      get filter() { return location.hash.includes("?") ? new URLSearchParams(location.hash.split("?")[1]) : null; },
      replace(place, filter) {
        const query = String(filter);
        history.replaceState(null, "", "#" + place + (query ? "?" + query : ""));
      },
    };

    """
}
