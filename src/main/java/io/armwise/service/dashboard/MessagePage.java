package io.armwise.service.dashboard;

/**
 * A page that says one thing.
 *
 * @param heading what happened
 * @param detail why, and what to do
 * @param back address to go on from
 * @param backText what stands there
 */
public record MessagePage(
    Shell shell, String heading, String detail, String back, String backText) {}
