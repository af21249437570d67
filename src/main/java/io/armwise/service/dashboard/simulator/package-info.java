/** The page that simulates a design which is no experiment yet. */
@NullMarked
package io.armwise.service.dashboard.simulator;

import org.jspecify.annotations.NullMarked;
