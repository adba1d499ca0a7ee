using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Says what a row of like events was.</summary>
internal static class StoryRun
{
    /// <param name="run">At least one event, in order of time; its attempts ended alike.</param>
    public static StoryLine Describe(IReadOnlyList<DeviceEvent> run)
    {
        var attempts = run.Where(e => e.IsAttempt).ToArray();
        var opened = run.Count - attempts.Length;
        var (from, to) = (run[0].At, run[^1].At);
        if (attempts.Length == 0)
            return new StoryLine(StoryKind.Well, Band.NoData, from, to, opened == 1 ? "App opened" : $"App opened {Quantity.Of(opened, "time", "times")}", Join(Queue(run), DeferredWords.Describe(run)));

        var succeeded = attempts[0].IsSuccess;
        var title = succeeded
            ? Quantity.Of(attempts.Length, "sync succeeded", "syncs succeeded")
            : $"{Quantity.Of(attempts.Length, "attempt failed", "attempts failed")}: {Reason(attempts[0])}";
        return new StoryLine(
            succeeded ? StoryKind.Well : StoryKind.Failed, succeeded ? Band.Good : Band.Poor, from, to, title,
            Join(
                Span(attempts.Select(attempt => attempt.DurationMs)),
                Moved(attempts),
                Networks(attempts),
                Queue(run),
                DeferredWords.Describe(run),
                opened > 0 ? $"app opened {Quantity.Of(opened, "time", "times")}" : ""));
    }

    /// <summary>"server (http_503)", and once where the code repeats the kind.</summary>
    internal static string Reason(DeviceEvent attempt)
    {
        var kind = attempt.Outcome == "cancelled" ? "cancelled" : attempt.ErrorKind.Length > 0 ? attempt.ErrorKind : "no reason given";
        return attempt.ErrorCode.Length > 0 && attempt.ErrorCode != kind ? $"{kind} ({attempt.ErrorCode})" : kind;
    }

    private static string Join(params string[] details) => string.Join(" · ", details.Where(detail => detail.Length > 0));

    private static string Span(IEnumerable<int> durations)
    {
        var (least, most) = (Quantity.Milliseconds(durations.Min()), Quantity.Milliseconds(durations.Max()));
        return least == most ? least : $"{least} to {most}";
    }

    private static string Moved(IReadOnlyList<DeviceEvent> attempts)
    {
        var (up, down) = (attempts.Sum(attempt => (long)attempt.Pushed), attempts.Sum(attempt => (long)attempt.Pulled));
        return up + down == 0 ? "" : $"{Quantity.Count(up)} up, {Quantity.Count(down)} down";
    }

    private static string Networks(IEnumerable<DeviceEvent> attempts) =>
        string.Join(", ", attempts.Select(attempt => SegmentWords.Value(attempt.Network)).Distinct());

    private static string Queue(IReadOnlyList<DeviceEvent> run)
    {
        var (first, last) = (run[0].QueuedItems, run[^1].QueuedItems);
        return (first, last) switch
        {
            (0, 0) => "",
            _ when first == last => $"{Quantity.Count(last)} waiting",
            _ => $"{Quantity.Count(first)} → {Quantity.Count(last)} waiting",
        };
    }
}
