using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Silences;

/// <summary><c>/api/v1/silences</c>: what nobody wants to hear of for a while.</summary>
internal static class SilenceRoutes
{
    /// <summary>How long a silence that is over stays in the list, for whoever asks why it was quiet.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public static void MapRead(RouteGroupBuilder read)
    {
        read.MapGet("/silences", ListAsync)
            .WithName("silences")
            .WithSummary("Silences that hold, will hold, or ended within the last seven days; the next to end first.")
            .Produces<SilenceList>();
        read.MapPost("/silences/preview", PreviewAsync)
            .WithName("silencePreview")
            .WithSummary("Every alert and rule that matchers hold for, in whatever state. Changes nothing.")
            .Produces<SilencePreview>();
    }

    public static void MapEdit(RouteGroupBuilder edit)
    {
        edit.MapPost("/silences", AddAsync)
            .WithName("addSilence")
            .WithSummary("A silence from matchers, reason, and duration or endsAt; startsAt (default: now), createdBy and id (a UUID; the same one again changes nothing).")
            .Produces<SilenceView>(StatusCodes.Status201Created);
        edit.MapDelete("/silences/{id}", EndAsync)
            .WithName("endSilence")
            .WithSummary("Ends a silence now. What still fires is told at the next evaluation.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(SilenceStore silences, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var list = await silences.ListAsync(now - Remembered, cancellationToken);
        return TypedResults.Json(new SilenceList(now, [.. list.Select(silence => SilenceView.Of(silence, now))]), VitalsRoutes.Json);
    }

    private static async Task<IResult> PreviewAsync(HttpRequest request, SilenceStore silences, CancellationToken cancellationToken)
    {
        var matchers = await SilenceRequest.ReadMatchersAsync(request, cancellationToken);
        var targets = await silences.ListTargetsAsync(cancellationToken);
        return TypedResults.Json(
            new SilencePreview(
                [.. targets.Where(target => target.App is not null && matchers.All(matcher => matcher.Matches(target.Labels)))
                    .Select(target => new SilencedAlert(target.Rule, target.App!, target.Segment, target.State!))],
                [.. targets.Where(target => target.App is null && matchers.All(matcher => matcher.MayMatch(target.Labels))).Select(target => target.Rule)]),
            VitalsRoutes.Json);
    }

    private static async Task<IResult> AddAsync(HttpRequest request, SilenceStore silences, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var silence = await SilenceRequest.ReadAsync(request, now, cancellationToken);
        await silences.AddAsync(silence, cancellationToken);
        return TypedResults.Json(SilenceView.Of(silence, now), VitalsRoutes.Json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(string id, SilenceStore silences, TimeProvider clock, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var silence) && await silences.EndAsync(silence, clock.GetUtcNow(), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Of(StatusCodes.Status404NotFound, "unknown_silence", $"No silence {id} holds or will hold.");
}
