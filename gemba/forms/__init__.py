"""Forms to the ODK XForms standard: the formulas in them, without a window and without a library.

A formula is read by ``tokens`` and ``grammar`` into the tree of ``tree`` and turned into closures
by ``compiling``. It is worked out against nodes (``nodes``, ``reading``) in surroundings that bring
the clock, the time zone and the other instances with them (``scope``). The standard followed is
ODK XForms (https://getodk.github.io/xforms-spec/), on XPath 1.0 (https://www.w3.org/TR/xpath-10/).
"""
