from .model import TinyNet
__all__ = ["TinyNet"]
