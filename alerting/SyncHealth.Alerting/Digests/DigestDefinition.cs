namespace SyncHealth.Alerting.Digests;

/// <summary>A summary that is told at a chosen hour, whether there is something to act on or not.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Notify">Names of receivers.</param>
public sealed record DigestDefinition(string Name, IReadOnlyList<string> Notify)
{
    /// <summary>The app; null for a digest of every app.</summary>
    public string? App { get; init; }

    /// <summary>The day of a weekly digest; null for a daily one.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>Minutes since local midnight.</summary>
    public required int Minute { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Line in its file, for messages about it.</summary>
    public int Line { get; init; }

    /// <summary>Days that a digest is about.</summary>
    public int Days => Weekday is null ? 1 : 7;

    /// <summary>
    /// The newest moment at or before <paramref name="now"/> at which it is due. Where the clocks leave its hour out it is due when they change; where they
    /// repeat it, the first time.
    /// </summary>
    public DateTimeOffset DueAt(DateTimeOffset now)
    {
        for (var day = TimeZoneInfo.ConvertTime(now, Zone).Date; ; day = day.AddDays(-1))
            if ((Weekday is null || day.DayOfWeek == Weekday) && MomentOf(day) is var due && due <= now)
                return due;
    }

    /// <summary>The due moment before one that is due: a digest is about what is between them.</summary>
    public DateTimeOffset Before(DateTimeOffset due) => DueAt(due.AddTicks(-1));

    private DateTimeOffset MomentOf(DateTime day)
    {
        var local = day.AddMinutes(Minute);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);                                                           // to the minute that follows the gap
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
