package dev.tandem.api.access.key;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key made from another one. It is stored nowhere. */
@Schema(examples = """
{"key": "tds_5tBq0Xg3LmZa.eyJleHBpcmVzIjoiMjAzMC0wMS0wMVQwMDowMDowMFoiLCJmaWx0ZXIiOnsidGVuYW50IjoiYWNtZSJ9fQ.Zm9yIGV4YW1wbGUgb25seSwgbm90IGEgc2lnbmF0dXJl"}
""")
public record ScopedKeyView(String key) {}
