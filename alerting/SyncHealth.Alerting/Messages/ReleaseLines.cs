using System.Globalization;
using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.Messages;

/// <summary>The figures behind a release verdict, a line each.</summary>
internal static class ReleaseLines
{
    /// <summary>What to do, then each metric that could be compared.</summary>
    public static IReadOnlyList<MessageLine> Of(ReleaseFinding release) =>
        [("Advice", release.Advice), .. release.Figures.Where(figure => figure.Difference is not null).Select(figure => new MessageLine(Spoken(figure.Metric), TextOf(figure)))];

    private static string TextOf(ReleaseFigure figure) => string.Create(
        CultureInfo.InvariantCulture, $"{Signed(figure.Difference!.Value)} points ({Signed(figure.Low ?? double.NaN)} to {Signed(figure.High ?? double.NaN)}): {Spoken(figure.Verdict)}");

    private static string Signed(double points) => points.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Spoken(string word) => word.Replace('_', ' ');
}
