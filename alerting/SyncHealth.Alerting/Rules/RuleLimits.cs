namespace SyncHealth.Alerting.Rules;

/// <summary>Bounds and defaults of a rule's keys (contract section 6).</summary>
internal static class RuleLimits
{
    /// <summary>Shortest window: the rollups behind it are minutes.</summary>
    public static readonly TimeSpan MinWindow = TimeSpan.FromMinutes(1);

    /// <summary>Longest <c>for</c> and <c>keepFiringFor</c>.</summary>
    public static readonly TimeSpan MaxHold = TimeSpan.FromDays(1);

    /// <summary>Longest <c>groupWait</c>: more would be a mute.</summary>
    public static readonly TimeSpan MaxGroupWait = TimeSpan.FromHours(1);

    public static readonly TimeSpan DefaultGroupWait = TimeSpan.FromSeconds(10);

    /// <summary>A new release or region is judged by its verdict first.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);

    public static readonly TimeSpan MaxGrace = TimeSpan.FromDays(7);

    /// <summary>How long a window is open to late data: the lag class beyond it is "more".</summary>
    public static readonly TimeSpan MaxLateLimit = TimeSpan.FromHours(72);

    public const double DefaultConfidence = 0.95;

    public const int DefaultMinAttempts = 100;
    public const int DefaultMinDevices = 20;

    /// <summary>Largest count a rule may ask for: more evidence than a fleet sends in a day.</summary>
    public const int MaxMinimum = 1_000_000_000;

    /// <summary>Half of the devices expected.</summary>
    public const double DefaultSilentFleet = 50;

    /// <summary>Longest window over attempts: arrival minutes are kept 48 h, and a page about yesterday is none.</summary>
    private static readonly TimeSpan MaxAttemptWindow = TimeSpan.FromDays(1);

    /// <summary>Longest window over devices, and its default: a device that was silent for a week is no longer active.</summary>
    private static readonly TimeSpan ActiveWindow = TimeSpan.FromDays(7);

    private static readonly TimeSpan DefaultAttemptWindow = TimeSpan.FromMinutes(15);

    /// <summary>Default window of a detector: long enough for three syncs of most devices. Its longest is that of attempts, because each evaluation reads its raw events.</summary>
    private static readonly TimeSpan DetectorWindow = TimeSpan.FromHours(6);

    /// <summary>An hour of the week is what can be expected of.</summary>
    private static readonly TimeSpan ExpectedWindow = TimeSpan.FromHours(1);

    /// <summary>Days of two releases that are compared at most; a verdict looks no further back.</summary>
    private static readonly TimeSpan ComparedWindow = TimeSpan.FromDays(30);

    /// <summary>Keys of an age or duration, with the longest that means anything: attempts end after a day, devices leave after a week.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Ages { get; } = new Dictionary<string, TimeSpan>
    {
        ["slowerThan"] = TimeSpan.FromDays(1), ["staleAfter"] = TimeSpan.FromDays(30), ["silentAfter"] = ActiveWindow,
    };

    public static TimeSpan MaxWindow(MetricTraits traits) => traits is { IsOfDevices: true, IsDetector: false } ? ActiveWindow : MaxAttemptWindow;

    public static TimeSpan DefaultWindow(MetricTraits traits) => traits.Basis switch
    {
        MetricBasis.Devices => traits.IsDetector ? DetectorWindow : ActiveWindow,
        MetricBasis.Expected => ExpectedWindow,
        MetricBasis.Releases => ComparedWindow,
        _ => DefaultAttemptWindow,
    };

    /// <summary>Devices that are evidence; none where a number is one as it is, and where the verdict knows its own least.</summary>
    public static int DefaultDevices(MetricTraits traits) => traits.Basis is MetricBasis.Count or MetricBasis.Releases ? 0 : DefaultMinDevices;

    /// <summary>The grace of a rule that asks for none: a new group's hour; a verdict is what others wait for.</summary>
    public static TimeSpan GraceOf(AlertRule rule) => rule.By.Count == 0 || rule.Traits.Basis == MetricBasis.Releases ? TimeSpan.Zero : DefaultGrace;

    /// <summary>A fleet is silent only in the second window.</summary>
    public static TimeSpan DefaultFor(MetricTraits traits) => traits.Basis == MetricBasis.Expected ? ExpectedWindow : TimeSpan.Zero;
}
