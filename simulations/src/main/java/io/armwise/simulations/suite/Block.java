package io.armwise.simulations.suite;

import java.io.Serializable;

/**
 * Replications of one cell that are run and written together.
 *
 * @param cell the cell's index in its suite
 * @param index of the block within the cell, from 0
 */
public record Block(int cell, int index) implements Serializable {}
