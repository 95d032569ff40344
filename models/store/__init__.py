"""The register on disk: engine, keys, migrations, guards, search index, trail."""
