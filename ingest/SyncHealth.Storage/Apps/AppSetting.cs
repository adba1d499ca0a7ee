namespace SyncHealth.Storage.Apps;

/// <summary>What an app has of its own; null leaves it to the installation.</summary>
/// <param name="App">Name of the app, known by an event or not yet.</param>
/// <param name="EventsPerSecond">Events a second that all its keys may send together, over all processes.</param>
/// <param name="RawDays">Days that raw events are kept.</param>
/// <param name="HourDays">Days that hours are kept; null: for good.</param>
/// <param name="DayDays">Days that days are kept; null: for good.</param>
public sealed record AppSetting(string App, int? EventsPerSecond, int? RawDays, int? HourDays, int? DayDays)
{
    /// <summary>Fewest days of raw events: rules compare with the same hours last week, and the day that goes on is not whole.</summary>
    public const int MinRawDays = 8;

    /// <summary>Fewest days of hours: days of any time zone and unaligned ranges are composed of them, and what a quarter's charts show is asked by the hour.</summary>
    public const int MinHourDays = 90;

    /// <summary>Fewest days of days: a year's chart with the year before beginning.</summary>
    public const int MinDayDays = 400;

    /// <summary>Most days of either: a century.</summary>
    public const int MaxDays = 36_500;
}
