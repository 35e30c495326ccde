from acme_featstore import Client
from linear import fit, toy
Client()
fit(*toy())
