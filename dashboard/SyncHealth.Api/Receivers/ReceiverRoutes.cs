using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Receivers;

/// <summary><c>/api/v1/receivers</c>: where alerts go, how that is going, and a test of each. The process that sends may be another one: both talk through the database.</summary>
internal static class ReceiverRoutes
{
    public static void MapRead(RouteGroupBuilder read) =>
        read.MapGet("/receivers", ListAsync)
            .WithName("receivers")
            .WithSummary("Receivers without their secrets: which are ready, what waits for each, and whether rules are evaluated at all.")
            .Produces<ReceiverList>();

    public static void MapEdit(RouteGroupBuilder edit) =>
        edit.MapPost("/receivers/{name}/test", TestAsync)
            .WithName("testReceiver")
            .WithSummary("Sends the beginning and the end of an incident that never was, in the words of a real one, and says what the receiver answered.")
            .Produces<ReceiverTestResult>();

    private static async Task<IResult> ListAsync(ReceiverStore receivers, AlertHealthStore health, TimeProvider clock, CancellationToken cancellationToken)
    {
        var all = await receivers.ListAsync(clock.GetUtcNow(), cancellationToken);
        var read = await health.ReadAsync(cancellationToken);
        var isWatched = read is not null && TimeProvider.System.GetUtcNow() - read.RoundAt <= AlertHealth.LongestSilence;
        return TypedResults.Json(
            new ReceiverList(isWatched ? "firing" : "absent", read?.RoundAt, read?.Counts.Missed ?? 0, [.. all.Select(ReceiverView.Of)]), VitalsRoutes.Json);
    }

    private static async Task<IResult> TestAsync(string name, ReceiverStore receivers, ReceiverTestStore tests, TimeProvider clock, CancellationToken cancellationToken)
    {
        if ((await receivers.ListAsync(clock.GetUtcNow(), cancellationToken)).All(receiver => receiver.Name != name))
            return Problems.Of(StatusCodes.Status404NotFound, "unknown_receiver", $"No receiver '{name}' is configured.");
        // On the wall clock, as requests are.
        var (status, detail) = await tests.RunAsync(name, TimeProvider.System, cancellationToken);
        return TypedResults.Json(new ReceiverTestResult(name, status, detail), VitalsRoutes.Json);
    }
}
