using System.Globalization;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Replica">To whom; taken modulo the replicas there are.</param>
/// <param name="Value">Which note, item or offset; each kind reads it its own way.</param>
/// <param name="WaitMillis">Virtual time since the step before.</param>
internal readonly record struct SimulationStep(StepKind Kind, int Replica, int Value, int WaitMillis)
{
    public static SimulationStep Parse(string line)
    {
        var parts = line.Split(' ');
        return new SimulationStep(Enum.Parse<StepKind>(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Replica} {Value} {WaitMillis}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
