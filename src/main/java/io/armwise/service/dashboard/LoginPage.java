package io.armwise.service.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The form that takes an API key.
 *
 * @param next local address to go on to
 * @param error why the last try failed
 */
public record LoginPage(Shell shell, String next, @Nullable String error) {}
