using Geometry.TorchCheck;
using static TorchSharp.torch;

// torch-check: gradients and steps of the Torch engine beside those of the CPU engine and of PyTorch; status 1 where they differ.
set_num_threads(1);
bool good = GradientCheck.Run() & StepCheck.Run() & SampleCheck.Run();
return good ? 0 : 1;
