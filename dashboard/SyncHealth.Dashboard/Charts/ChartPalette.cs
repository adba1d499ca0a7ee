namespace SyncHealth.Dashboard.Charts;

/// <summary>Colours and dashes by position. The values of the colours stand in <c>tokens.css</c>, one set a theme.</summary>
public static class ChartPalette
{
    /// <summary>Lines beyond this cannot be told apart; charts show the busiest groups and say how many they left out.</summary>
    public const int MaxSeries = 8;

    private static readonly int[] Dashes = [0, 7, 3, 11];

    public static string Color(int position) => $"series-{(position % MaxSeries) + 1}";

    public static int Dash(int position) => Dashes[position % Dashes.Length];
}
