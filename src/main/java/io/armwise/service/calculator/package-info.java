/**
 * The offline calculators of the command line: no server, no database, no Micronaut context. {@link
 * io.armwise.service.calculator.AnalyzeCommand} compares the arms of finished or running
 * experiments, {@link io.armwise.service.calculator.PowerCommand} plans a test of fixed size and
 * {@link io.armwise.service.calculator.BoundariesCommand} one with a few looks.
 */
@NullMarked
package io.armwise.service.calculator;

import org.jspecify.annotations.NullMarked;
