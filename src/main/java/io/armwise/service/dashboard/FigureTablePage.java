package io.armwise.service.dashboard;

/**
 * A chart's table on a page of its own.
 *
 * @param back address of the experiment's page
 * @param name of the experiment
 * @param table what it shows
 */
public record FigureTablePage(Shell shell, String back, String name, FigureTable table) {}
