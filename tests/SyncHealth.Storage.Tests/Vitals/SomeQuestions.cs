using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Questions of every kind: unaligned ranges short and long, steps, zones, dimensions and filters of all grains, both clocks.</summary>
internal static class SomeQuestions
{
    private static readonly Gen<TimeSpan?> Step = Gen.Elements<TimeSpan?>(
        null, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(90), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1));

    private static readonly Gen<string> AnyDimension = Gen.Elements(
        "app_version", "os", "network", "environment", "os_version", "type", "trigger", "device_model", "tag:cohort", "tag:region", "outcome", "error_kind");

    private static readonly Gen<string> RollupDimension = Gen.Elements("app_version", "os", "network", "os_version", "type", "trigger", "tag:cohort");

    private static readonly Gen<string> Filters = Gen.Frequency(
        (5, Gen.Constant("")),
        (3, Gen.Elements("environment:production", "environment:staging", "environment:production os_version:14")),
        (3, Gen.Elements("os:ios", "app_version:2.4.1 app_version:2.10.0", "network:wifi network:cellular os:android")),
        (3, Gen.Elements("type:delta type:push", "tag:cohort:beta", "os_version:14 os:ios", "trigger:scheduled tag:cohort:stable tag:cohort:beta")),
        (2, Gen.Elements("device_model:Pixel_8 tag:cohort:beta", "outcome:failure error_kind:offline error_kind:server", "tag:region:eu")));

    /// <param name="now">The questions' now.</param>
    /// <param name="over">How far back they go.</param>
    /// <param name="parts">What they ask for.</param>
    public static Gen<VitalsQuery> Before(DateTimeOffset now, TimeSpan over, VitalsParts parts) =>
        from start in Gen.Choose(0, (int)over.TotalSeconds)
        from length in Gen.OneOf(Gen.Choose(1, 7_200), Gen.Choose(1, (int)over.TotalSeconds))
        from step in Step
        from dimensions in Gen.OneOf(AnyDimension, RollupDimension).ListOf().Resize(2)
        from filters in Filters
        from clock in Gen.Frequency((4, Gen.Constant(VitalsClock.Event)), (1, Gen.Constant(VitalsClock.Arrival)))
        from zone in Gen.Frequency((2, Gen.Constant("UTC")), (1, Gen.Elements("Europe/Berlin", "Asia/Kathmandu", "America/New_York")))
        select new VitalsQuery
        {
            App = "notes",
            From = now.AddSeconds(-start),
            To = now.AddSeconds(-start + length),
            Now = now,
            // A long range in narrow steps is refused.
            Step = step < TimeSpan.FromMinutes(90) && length > 20 * 86_400 ? TimeSpan.FromMinutes(90) : step,
            By = [.. dimensions.Distinct()],
            Filters = [.. filters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FilterOf)],
            Clock = clock,
            TimeZone = zone,
            Parts = parts,
        };

    private static DimensionFilter FilterOf(string text)
    {
        var colon = text.LastIndexOf(':');
        return new DimensionFilter(text[..colon], text[(colon + 1)..].Replace('_', ' '));
    }
}
