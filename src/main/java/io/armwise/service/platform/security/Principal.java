package io.armwise.service.platform.security;

import java.util.Set;

/**
 * Who is asking.
 *
 * @param name the API key's name, as it stands in the audit trail
 * @param roles what the caller may do
 */
public record Principal(String name, Set<Role> roles) {
  public Principal {
    roles = Set.copyOf(roles);
  }

  /** Whether the caller has {@code role}, directly or as an administrator. */
  public boolean has(Role role) {
    return roles.contains(role) || roles.contains(Role.ADMIN);
  }
}
