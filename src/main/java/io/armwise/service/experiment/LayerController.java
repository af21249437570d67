package io.armwise.service.experiment;

import io.armwise.service.experiment.LayerDocuments.HoldoutView;
import io.armwise.service.experiment.LayerDocuments.Holdouts;
import io.armwise.service.experiment.LayerDocuments.LayerView;
import io.armwise.service.experiment.LayerDocuments.Layers;
import io.armwise.service.experiment.LayerDocuments.NewHoldout;
import io.armwise.service.experiment.LayerDocuments.NewLayer;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Layers and holdouts over HTTP. Thread-safe. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Layers")
final class LayerController {
  private final LayerChanges changes;

  LayerController(LayerChanges changes) {
    this.changes = changes;
  }

  @Post("/layers")
  @Access(Role.ADMIN)
  @Operation(summary = "Create a layer: experiments in disjoint ranges of it share no unit")
  HttpResponse<LayerView> createLayer(
      HttpRequest<?> request,
      @RequestBody(content = @Content(schema = @Schema(implementation = NewLayer.class))) @Body
          byte[] body) {
    return HttpResponse.created(
        changes.create(StrictJson.read(body, NewLayer.class), Caller.of(request), null));
  }

  @Get("/layers")
  @Access(Role.READ)
  @Operation(summary = "List layers with what is taken and what is free")
  Layers layers() {
    return new Layers(changes.layers());
  }

  @Post("/holdouts")
  @Access(Role.ADMIN)
  @Operation(summary = "Hold a range of units out of all experiments, or of those in one layer")
  HttpResponse<HoldoutView> createHoldout(
      HttpRequest<?> request,
      @RequestBody(content = @Content(schema = @Schema(implementation = NewHoldout.class))) @Body
          byte[] body) {
    return HttpResponse.created(
        changes.create(StrictJson.read(body, NewHoldout.class), Caller.of(request), null));
  }

  @Get("/holdouts")
  @Access(Role.READ)
  @Operation(summary = "List holdouts, ended ones too")
  Holdouts holdouts() {
    return new Holdouts(changes.holdouts());
  }

  @Post("/holdouts/{key}/end")
  @Access(Role.ADMIN)
  @Operation(summary = "End a holdout: its units may take part in experiments again")
  HoldoutView endHoldout(HttpRequest<?> request, String key) {
    return changes.end(key, Caller.of(request), null);
  }
}
