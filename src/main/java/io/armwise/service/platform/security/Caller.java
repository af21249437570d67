package io.armwise.service.platform.security;

import io.micronaut.http.HttpRequest;

/** Finds who made a request that has passed the access check. */
public final class Caller {
  private Caller() {}

  /** The caller of a request on a protected route. */
  public static Principal of(HttpRequest<?> request) {
    return request
        .getAttribute(AccessFilter.PRINCIPAL, Principal.class)
        .orElseThrow(() -> new IllegalStateException("the route is not protected"));
  }
}
