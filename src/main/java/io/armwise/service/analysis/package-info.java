/** What an experiment's evidence says: reports and verdicts. */
@NullMarked
package io.armwise.service.analysis;

import org.jspecify.annotations.NullMarked;
