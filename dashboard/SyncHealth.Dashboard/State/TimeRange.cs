namespace SyncHealth.Dashboard.State;

/// <summary>How far back a page looks.</summary>
/// <param name="Code">In the address and on the button.</param>
/// <param name="Length">From the present moment back.</param>
/// <param name="Step">Width of a point: 15 to 168 of them, so that a chart of 360 px still shows each.</param>
/// <param name="Words">Reads after "in the".</param>
public sealed record TimeRange(string Code, TimeSpan Length, TimeSpan Step, string Words)
{
    /// <summary>The equally long range before it: <c>previous hour</c>.</summary>
    public string Before => "previous" + Words["last".Length..];

    public static readonly TimeRange QuarterHour = new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(1), "last 15 minutes");
    public static readonly TimeRange Hour = new("1h", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), "last hour");
    public static readonly TimeRange SixHours = new("6h", TimeSpan.FromHours(6), TimeSpan.FromMinutes(5), "last 6 hours");
    public static readonly TimeRange Day = new("24h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(15), "last 24 hours");
    public static readonly TimeRange Week = new("7d", TimeSpan.FromDays(7), TimeSpan.FromHours(1), "last 7 days");

    public static readonly IReadOnlyList<TimeRange> All = [QuarterHour, Hour, SixHours, Day, Week];

    public static TimeRange? Find(string? code) => All.FirstOrDefault(range => range.Code == code);

    /// <summary>Where the first point starts: points start at multiples of the step, and the first one is whole.</summary>
    public DateTimeOffset FirstPoint(DateTimeOffset now)
    {
        var from = now - Length;
        var past = from.UtcTicks % Step.Ticks;
        return past == 0 ? from : from.AddTicks(Step.Ticks - past);
    }
}
