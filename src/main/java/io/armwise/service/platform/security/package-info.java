/** Who may do what: API keys with roles, dashboard sessions. */
@NullMarked
package io.armwise.service.platform.security;

import org.jspecify.annotations.NullMarked;
