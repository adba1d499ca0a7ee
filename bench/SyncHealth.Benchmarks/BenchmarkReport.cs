using System.Globalization;

namespace SyncHealth.Benchmarks;

/// <summary>Prints the rows of a benchmark: a median, the rounds behind it, and whether it holds what it must.</summary>
internal sealed class BenchmarkReport(TextWriter output)
{
    private const int NameWidth = 44;

    /// <summary>A figure that depends on the machine: for orientation only.</summary>
    public Task FigureAsync(string name, IReadOnlyCollection<double> rounds, string format) =>
        WriteAsync(name, Ranks.Median(rounds), format, Rounds(rounds, format));

    /// <summary>A figure of one round, with what it is made of.</summary>
    public Task FigureAsync(string name, double value, string format, string parts) => WriteAsync(name, value, format, parts);

    /// <summary>A ratio to a baseline of the same round. Holds when its median is <paramref name="floor"/> or more.</summary>
    public Task RatioAsync(string name, IReadOnlyCollection<double> rounds, double floor, double aim)
    {
        var median = Ranks.Median(rounds);
        return WriteAsync(name, median, "N2", $"{Verdict(median >= floor, median >= aim)} floor {Number(floor, "0.##")}, aim {Number(aim, "0.##")}   {Rounds(rounds, "N2")}");
    }

    /// <summary>A cost. Holds when it is <paramref name="ceiling"/> or less.</summary>
    public Task CostAsync(string name, double value, string format, double ceiling, double aim) =>
        WriteAsync(name, value, format, $"{Verdict(value <= ceiling, value <= aim)} at most {Number(ceiling, "0.##")}, aim {Number(aim, "0.##")}");

    /// <summary>A cost without an aim beyond what it must hold.</summary>
    /// <param name="rest">What it is made of.</param>
    public Task LimitAsync(string name, double value, string format, double ceiling, string rest) =>
        WriteAsync(name, value, format, $"{Verdict(value <= ceiling, reachesAim: false)} at most {Number(ceiling, "#,0.##")}   {rest}");

    private Task WriteAsync(string name, double value, string format, string rest) =>
        output.WriteLineAsync($"  {name,-NameWidth} {Number(value, format),10}   {rest}".TrimEnd());

    private static string Rounds(IReadOnlyCollection<double> rounds, string format) =>
        rounds.Count < 2 ? "" : $"rounds: {string.Join("  ", rounds.Select(value => Number(value, format)))}";

    private static string Verdict(bool holds, bool reachesAim) => holds ? reachesAim ? "AIM   " : "held  " : "MISSED";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
