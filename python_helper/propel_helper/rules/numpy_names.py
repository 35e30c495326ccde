"""Names that NumPy has removed from its main namespace, and what is the very same thing there now.

From NumPy's "NumPy 2.0 migration guide", its release notes 1.24, 1.25, 2.0 and 2.4, and
``numpy/_expired_attrs_2_0.py``. Left out is whatever is only similar: ``set_string_function``,
``issubsctype``, ``find_common_type``, ``recfromtxt``.
"""

from __future__ import annotations

_EXCEPTIONS = (
    "AxisError", "ComplexWarning", "ModuleDeprecationWarning", "RankWarning", "TooHardError",
    "VisibleDeprecationWarning",
)  # fmt: skip
SAME = {
    "Inf": "inf", "Infinity": "inf", "infty": "inf", "PINF": "inf", "NaN": "nan", "NAN": "nan",
    "float_": "float64", "complex_": "complex128", "cfloat": "complex128", "string_": "bytes_",
    "singlecomplex": "complex64", "longfloat": "longdouble", "longcomplex": "clongdouble",
    "clongfloat": "clongdouble", "unicode_": "str_", "bool8": "bool_", "int0": "intp",
    "uint0": "uintp", "str0": "str_", "bytes0": "bytes_", "void0": "void", "object0": "object_",
    "product": "prod", "cumproduct": "cumprod", "sometrue": "any", "alltrue": "all",
    "trapz": "trapezoid", "row_stack": "vstack", "round_": "round", "mat": "asmatrix",
    "typeDict": "sctypeDict", "byte_bounds": "lib.array_utils.byte_bounds",
    "compare_chararrays": "char.compare_chararrays", "add_newdoc": "lib.add_newdoc",
    "add_docstring": "lib.add_docstring", "tracemalloc_domain": "lib.tracemalloc_domain",
    "DataSource": "lib.npyio.DataSource",
} | {name: f"exceptions.{name}" for name in _EXCEPTIONS}  # fmt: skip
"""Old name -> dotted name below ``numpy``."""
CALLS = {"asfarray": ("asarray", "dtype", "float"), "msort": ("sort", "axis", "0")}
"""Functions of one argument: what does the very same, with the keyword that it needs for that (NumPy 1.26's source)."""
SIMILAR = {"in1d": "isin"}
"""The same for arrays of one dimension; ``isin`` keeps the shape of others."""
BUILTINS = {name: name for name in ("float", "int", "bool", "object", "str", "complex")} | {
    "long": "int",
    "unicode": "str",
}
"""Aliases that 1.24 removed, and what of Python they were."""
GONE_FOR_GOOD = ("float", "int", "object", "str", "complex")
"""Those of them that no later version has: 2.0 brought ``np.bool`` and ``np.long`` back."""
