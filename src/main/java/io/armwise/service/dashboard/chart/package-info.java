/**
 * Geometry of charts. A chart is a record of ready attribute values; the templates write the SVG
 * around them, so that every text passes their escaping. Plots are 1000 by 1000 and stretched to
 * the room there is; labels stand beside them in percent, so that type keeps its size.
 */
@NullMarked
package io.armwise.service.dashboard.chart;

import org.jspecify.annotations.NullMarked;
