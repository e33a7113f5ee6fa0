"""What may leave a compartment: confidences, holds, the leak plan and the freeze."""
