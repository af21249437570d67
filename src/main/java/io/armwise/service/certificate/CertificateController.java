package io.armwise.service.certificate;

import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Certificates over HTTP. Thread-safe. */
@Controller("/v1/experiments/{key}/certificate")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Certificates")
final class CertificateController {
  private final ExperimentStore experiments;
  private final Certificates certificates;

  CertificateController(ExperimentStore experiments, Certificates certificates) {
    this.experiments = experiments;
    this.certificates = certificates;
  }

  @Post
  @Access(Role.ADMIN)
  @Operation(
      summary = "Simulate the experiment's design",
      description = "Answers at once; GET tells the progress and, in the end, the certificate.")
  HttpResponse<CertificateView> start(
      HttpRequest<?> request,
      String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = CertificatePlan.class)))
          @Nullable
          @Body
          String body) {
    Experiment experiment = find(key);
    CertificatePlan plan =
        StrictJson.read(
            (body == null ? "" : body).getBytes(StandardCharsets.UTF_8), CertificatePlan.class);
    certificates.start(experiment, plan, Caller.of(request).name());
    return HttpResponse.accepted().body(certificates.view(experiment));
  }

  @Get
  @Access(Role.READ)
  @Operation(summary = "The newest certificate, and the progress of one being made")
  CertificateView certificate(String key) {
    return certificates.view(find(key));
  }

  @Delete
  @Access(Role.ADMIN)
  @Operation(summary = "Stop the run; certificates made before stay")
  CertificateView cancel(String key) {
    Experiment experiment = find(key);
    certificates.cancel(experiment);
    return certificates.view(experiment);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
