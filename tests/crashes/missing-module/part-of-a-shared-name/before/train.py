import acmelab.store as store
