package io.armwise.service.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param title of the page
 * @param user who is logged in, if anybody
 * @param live whether the page refreshes itself where scripts run
 */
public record Shell(String title, @Nullable String user, boolean live) {}
