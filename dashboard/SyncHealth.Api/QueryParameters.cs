using System.Globalization;
using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api;

/// <summary>Reads a question out of a query string, as contract section 5 writes it.</summary>
internal static class QueryParameters
{
    /// <summary>What is counted when no range is asked.</summary>
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);

    /// <exception cref="InvalidParameterException">A parameter is missing or cannot be read.</exception>
    public static VitalsQuery ReadQuestion(IQueryCollection parameters, DateTimeOffset now)
    {
        var asOf = ReadPast(parameters, "asOf", now);
        var to = ReadTime(parameters, "to") ?? asOf ?? now;
        return new VitalsQuery
        {
            App = ReadApp(parameters),
            From = ReadTime(parameters, "from") ?? to - (ReadLength(parameters, "since") ?? DefaultRange),
            To = asOf < to ? asOf.Value : to,
            Now = now,
            AsOf = asOf,
            Step = ReadLength(parameters, "step"),
            By = ReadBy(parameters),
            Filters = ReadFilters(parameters),
            Clock = ReadClock(parameters),
            QueueThreshold = ReadInteger(parameters, "queueThreshold", 0, int.MaxValue) ?? 1000,
            TimeZone = Single(parameters, "tz") ?? "UTC",
        };
    }

    /// <exception cref="InvalidParameterException">There is no <c>app</c>.</exception>
    public static string ReadApp(IQueryCollection parameters) =>
        Single(parameters, "app") ?? throw new InvalidParameterException("app", "", "the name of an app; it is required");

    /// <exception cref="InvalidParameterException">There is no <c>metric</c>, or no such one.</exception>
    public static DistributionMetric ReadMetric(IQueryCollection parameters) => Single(parameters, "metric") switch
    {
        "duration" => DistributionMetric.Duration,
        "queue_depth" => DistributionMetric.QueueDepth,
        "oldest_pending" => DistributionMetric.OldestPending,
        "staleness" => DistributionMetric.Staleness,
        var other => throw new InvalidParameterException("metric", other ?? "", "duration, queue_depth, oldest_pending or staleness"),
    };

    /// <exception cref="InvalidParameterException">A filter is not <c>dimension:value</c>.</exception>
    public static IReadOnlyList<DimensionFilter> ReadFilters(IQueryCollection parameters) =>
        [.. parameters["filter"].Where(text => !string.IsNullOrEmpty(text)).Select(text => ReadFilter(text!))];

    /// <exception cref="InvalidParameterException">The value is no number of the range.</exception>
    public static int? ReadInteger(IQueryCollection parameters, string name, int least, int most)
    {
        if (Single(parameters, name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new InvalidParameterException(name, text, $"a whole number from {least} to {most}");
    }

    /// <exception cref="InvalidParameterException">The value is no number of the range.</exception>
    public static double? ReadNumber(IQueryCollection parameters, string name, double least, double most)
    {
        if (Single(parameters, name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new InvalidParameterException(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    /// <exception cref="InvalidParameterException">The value is neither.</exception>
    public static bool? ReadFlag(IQueryCollection parameters, string name) => Single(parameters, name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw new InvalidParameterException(name, other, "true or false"),
    };

    /// <exception cref="InvalidParameterException">The value is no time.</exception>
    public static DateTimeOffset? ReadTime(IQueryCollection parameters, string name) =>
        Single(parameters, name) is { } text ? ParseTime(name, text) : null;

    /// <summary>A moment up to now.</summary>
    /// <exception cref="InvalidParameterException">The value is no time, or one to come.</exception>
    public static DateTimeOffset? ReadPast(IQueryCollection parameters, string name, DateTimeOffset now) =>
        ReadTime(parameters, name) is not { } at || at <= now
            ? ReadTime(parameters, name)
            : throw new InvalidParameterException(name, Single(parameters, name)!, "a moment of the past");

    /// <exception cref="InvalidParameterException">The text is no time.</exception>
    public static DateTimeOffset ParseTime(string name, string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        // A '+' of an offset that was not escaped arrives as a space.
        if (DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        throw new InvalidParameterException(name, text, "ISO 8601, such as 2026-11-22T08:00:00Z, or milliseconds since 1970");
    }

    /// <exception cref="InvalidParameterException">The text is no length.</exception>
    public static TimeSpan? ReadLength(IQueryCollection parameters, string name)
    {
        if (Single(parameters, name) is not { } text)
            return null;
        var seconds = text[^1] switch { 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 1 };
        var number = seconds == 1 ? text : text[..^1];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? TimeSpan.FromSeconds((double)count * seconds)
            : throw new InvalidParameterException(name, text, "1m, 5m, 1h, 1d or a number of seconds that makes whole minutes");
    }

    /// <summary>The dimensions to group by, as asked; none when none is.</summary>
    public static IReadOnlyList<string> ReadBy(IQueryCollection parameters) =>
        [.. parameters["by"].SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    private static DimensionFilter ReadFilter(string text)
    {
        var start = text.StartsWith(Dimensions.TagPrefix, StringComparison.Ordinal) ? Dimensions.TagPrefix.Length : 0;
        var colon = text.IndexOf(':', start);
        return colon > start
            ? new DimensionFilter(text[..colon], text[(colon + 1)..])
            : throw new InvalidParameterException("filter", text, "dimension:value, such as os:android or tag:cohort:beta");
    }

    private static VitalsClock ReadClock(IQueryCollection parameters) => Single(parameters, "clock") switch
    {
        null or "event" => VitalsClock.Event,
        "arrival" => VitalsClock.Arrival,
        var other => throw new InvalidParameterException("clock", other, "event or arrival"),
    };

    /// <summary>The last value of a parameter, or null.</summary>
    public static string? Single(IQueryCollection parameters, string name) =>
        parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;
}
