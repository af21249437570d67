/** The certificate of an experiment's design, for people. */
@NullMarked
package io.armwise.service.dashboard.certificate;

import org.jspecify.annotations.NullMarked;
