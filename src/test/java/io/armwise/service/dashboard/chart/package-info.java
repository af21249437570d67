/** Tests of the charts' geometry. */
@NullMarked
package io.armwise.service.dashboard.chart;

import org.jspecify.annotations.NullMarked;
