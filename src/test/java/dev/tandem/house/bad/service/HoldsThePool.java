package dev.tandem.house.bad.service;

import io.vertx.sqlclient.Pool;

/** Another connection than the session's. */
public record HoldsThePool(Pool pool) {}
