/// On paper nothing is folded away.
enum Printing {
  static let text = """
    {
      let unfolded = [];
      window.addEventListener("beforeprint", function () {
        unfolded = Array.from(document.querySelectorAll("main details:not([open], .filter)"));
        for (const fold of unfolded) { fold.open = true; }
      });
      window.addEventListener("afterprint", function () {
        for (const fold of unfolded) { fold.open = false; }
      });
    }

    """
}
