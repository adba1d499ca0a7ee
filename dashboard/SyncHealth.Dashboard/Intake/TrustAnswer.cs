using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;

namespace SyncHealth.Dashboard.Intake;

/// <summary>Whether the numbers of the other pages can be trusted.</summary>
public sealed record TrustAnswer(Band Band, string Sentence)
{
    /// <summary>By the worst of the figures.</summary>
    public static TrustAnswer Of(IReadOnlyList<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var worst = figures.Max(figure => figure.Band);
        var names = string.Join(", ", figures.Where(figure => figure.Band == worst).Select(figure => figure.Name.ToLowerInvariant()));
        return worst switch
        {
            Band.Poor => new TrustAnswer(worst, $"Read the other pages with care: {names}."),
            Band.NeedsAttention => new TrustAnswer(worst, $"The picture is whole, but look at: {names}."),
            _ => new TrustAnswer(Band.Good, "Nothing is wrong with the picture: what devices report arrives and is counted."),
        };
    }
}
