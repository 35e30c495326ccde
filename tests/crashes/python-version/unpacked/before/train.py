import registry

registry.build(print, {})
