namespace Geometry.Training;

/// <summary>An engine that trains many runs together for a long time, and can continue in the middle of it.</summary>
public interface IResumableTrainer : ITrainer
{
    /// <summary>Where the state of unfinished runs is stored; null for nowhere.</summary>
    IStateStore? States { get; set; }
}

/// <summary>Stores one state, the one last saved.</summary>
public interface IStateStore
{
    /// <summary>The state as it was saved; null where there is none, or a damaged one.</summary>
    byte[]? Load();

    /// <summary>Replaces the state; whatever happens, either the old or the new state is then there as a whole.</summary>
    /// <param name="state">The engine's own bytes.</param>
    void Save(byte[] state);
}
