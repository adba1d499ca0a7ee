using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Messages;

/// <summary>The one line that a lock screen shows: state, app, where, what, value.</summary>
public static class Headline
{
    /// <summary>What a push notification shows before it cuts.</summary>
    public const int VisibleLength = 120;

    /// <summary>Names from outside may not push the value out of sight.</summary>
    private const int MaxNameLength = 40;

    /// <summary>For example <c>FIRING notes: sync success rate 91.2 % (limit 95 %), 212 devices</c>.</summary>
    public static string Of(AlertMessage message)
    {
        var where = string.Join(' ', message.Segment.Values.Prepend(message.App).Select(name => PlainText.Line(name, MaxNameLength)));
        var limit = Quantity.Chosen(message.Limit, message.Unit);
        var value = message.Value is { } measured ? $"{Quantity.Measured(measured, message.Unit, message.Limit)} (limit {limit})" : $"(limit {limit})";
        return message.Kind == NoticeKind.Trigger
            ? $"FIRING {where}: {message.Title} {value}, {Counted.Of(message.Devices, "device")}"
            : $"RESOLVED {where}: {message.Title} {value} after {Quantity.Span(message.At - message.Since)}";
    }
}
