using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Tells what happened on a device: like things in a row are one line, what changed between them has a line of its own.</summary>
public sealed class DeviceStory
{
    /// <summary>A shorter silence is a night, and no news.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromDays(1);

    private readonly List<StoryLine> _lines = [];
    private readonly List<DeviceEvent> _run = [];

    private DeviceStory()
    {
    }

    /// <summary>The story, newest line first.</summary>
    /// <param name="events">In any order.</param>
    public static IReadOnlyList<StoryLine> Tell(IEnumerable<DeviceEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var story = new DeviceStory();
        DeviceEvent? before = null;
        foreach (var next in events.OrderBy(e => e.At).ThenBy(e => e.Seq ?? long.MinValue))
        {
            if (before is not null)
                story.TellBetween(before, next);
            story.Tell(next);
            before = next;
        }

        story.EndRun();
        story._lines.Reverse();
        return story._lines;
    }

    private void Tell(DeviceEvent next)
    {
        if (next.Type == "reset")
        {
            EndRun();
            var lost = next.Rejected > 0;
            _lines.Add(Moment(StoryKind.Reset, lost ? Band.Poor : Band.NeedsAttention, next,
                lost ? $"Client reset: {Quantity.Of(next.Rejected, "unsynced change was discarded", "unsynced changes were discarded")}" : "Client reset: nothing unsynced was discarded"));
            return;
        }

        if (_run.Count > 0 && !Continues(_run, next))
            EndRun();
        _run.Add(next);
        if (next.IsAttempt && (next.ConflictCount > 0 || next.Rejected > 0))
        {
            EndRun();
            if (next.Rejected > 0)
                _lines.Add(Moment(StoryKind.Refused, Band.NeedsAttention, next, $"The server refused {Quantity.Of(next.Rejected, "item", "items")}", ConflictWords.Failures(next.DetailsJson)));
            if (next.ConflictCount > 0)
                _lines.Add(Moment(StoryKind.Conflict, Band.NeedsAttention, next, Quantity.Of(next.ConflictCount, "conflict", "conflicts"), ConflictWords.Conflicts(next.ConflictsJson)));
        }
    }

    private void TellBetween(DeviceEvent before, DeviceEvent next)
    {
        List<StoryLine> between = [];
        if (next.At - before.At >= Quiet)
            between.Add(new StoryLine(StoryKind.Quiet, Band.NoData, before.At, next.At, $"Nothing was heard for {Quantity.Age((next.At - before.At).TotalSeconds)}"));
        if (before.Seq is { } last && next.Seq is { } seq && seq > last + 1)
            between.Add(new StoryLine(StoryKind.Gap, Band.NeedsAttention, before.At, next.At,
                $"{Quantity.Of(seq - last - 1, "report", "reports")} never arrived", $"numbers {last + 1} to {seq - 1} of its sequence: lost, or still on the device"));
        if (before.AppVersion != next.AppVersion)
            between.Add(Moment(StoryKind.Changed, Band.NoData, next, $"App {SegmentWords.Value(before.AppVersion)} → {SegmentWords.Value(next.AppVersion)}"));
        if (System(before) != System(next))
            between.Add(Moment(StoryKind.Changed, Band.NoData, next, $"{System(before)} → {System(next)}"));
        if (between.Count == 0)
            return;
        EndRun();
        _lines.AddRange(between);
    }

    private void EndRun()
    {
        if (_run.Count > 0)
            _lines.Add(StoryRun.Describe(_run));
        _run.Clear();
    }

    /// <summary>The app being opened belongs to whatever goes on; attempts go on while they end alike.</summary>
    private static bool Continues(List<DeviceEvent> run, DeviceEvent next) =>
        !next.IsAttempt || run.FirstOrDefault(e => e.IsAttempt) is not { } first || EndOf(first) == EndOf(next);

    private static (bool Succeeded, string Kind, string Code) EndOf(DeviceEvent attempt) =>
        attempt.IsSuccess ? (true, "", "") : (false, attempt.Outcome == "cancelled" ? "cancelled" : attempt.ErrorKind, attempt.ErrorCode);

    private static StoryLine Moment(StoryKind kind, Band band, DeviceEvent at, string title, string detail = "") => new(kind, band, at.At, at.At, title, detail);

    private static string System(DeviceEvent e) => $"{SegmentWords.Value(e.Os)} {e.OsVersion}".TrimEnd();
}
