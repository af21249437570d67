/** What a design promises: simulated on request, stored with its experiment, cited by reports. */
@NullMarked
package io.armwise.service.certificate;

import org.jspecify.annotations.NullMarked;
