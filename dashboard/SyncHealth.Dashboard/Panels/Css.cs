using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Class names for states.</summary>
internal static class Css
{
    public static string Band(Band band) => band switch
    {
        Health.Band.Good => "good",
        Health.Band.NeedsAttention => "attention",
        Health.Band.Poor => "poor",
        _ => "unknown",
    };

    public static string Trend(Trend trend) => trend switch
    {
        Health.Trend.Better => "better",
        Health.Trend.Worse => "worse",
        _ => "same",
    };
}
