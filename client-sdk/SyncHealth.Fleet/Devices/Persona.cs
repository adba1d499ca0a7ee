using SyncHealth.Fleet.Networks;

namespace SyncHealth.Fleet.Devices;

/// <summary>A kind of user.</summary>
/// <param name="Name">Reported as the tag <c>cohort</c>.</param>
/// <param name="Weight">Share of the fleet.</param>
/// <param name="Habit">On which networks the device spends its time.</param>
/// <param name="ImportsEvery">Mean time between bulk imports; null for none.</param>
internal sealed record Persona(string Name, double Weight, NetworkHabit Habit, TimeSpan? ImportsEvery)
{
    public static readonly IReadOnlyList<Persona> All =
    [
        new("office", 0.34, new NetworkHabit(0.82, 0.15, 0.015, 0.015), null),
        new("commuter", 0.30, new NetworkHabit(0.40, 0.52, 0.03, 0.05), null),
        new("home", 0.26, new NetworkHabit(0.90, 0.08, 0.01, 0.01), null),
        new("field", 0.10, new NetworkHabit(0.08, 0.82, 0.03, 0.07), TimeSpan.FromMinutes(80)),
    ];

    public static Persona Named(string name) => All.Single(persona => persona.Name == name);
}
