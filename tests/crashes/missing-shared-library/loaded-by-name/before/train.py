import ctypes

_jpeg = ctypes.CDLL("libturbojpeg.so.0")
