/// Places on the page that an address or a link names: folded blocks open around them, and they are marked.
enum Places {
  static let text = """
    function reveal(place) {
      const target = place ? document.getElementById(place) : null;
      for (const marked of document.querySelectorAll(".target")) { marked.classList.remove("target"); }
      if (!target) { return; }
      for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
      if (target.closest("[hidden]")) { document.dispatchEvent(new Event("unfilter")); }
      target.classList.add("target");
      target.scrollIntoView();
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
    window.addEventListener("hashchange", function () { reveal(address.place); });
    window.addEventListener("load", function () { reveal(address.place); });

    """
}
